"""A place to listen at: what is accepted there answers at once."""

import asyncio
import socket

from visamap.cli.serving import listen


def test_answers_on_a_kept_connection_do_not_wait():
    async def set_on_what_is_accepted(taken):
        accepted = asyncio.get_running_loop().create_future()

        def connected(_reader, writer):
            found = writer.get_extra_info("socket")
            accepted.set_result(found.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        # As uvicorn does.
        async with await asyncio.start_server(connected, sock=taken):
            _, writer = await asyncio.open_connection(*taken.getsockname()[:2])
            found = await accepted
            writer.close()
            return found

    with listen("127.0.0.1", 0, "--port") as taken:
        assert asyncio.run(set_on_what_is_accepted(taken)) != 0
