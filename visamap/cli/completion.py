"""``visamap completion``."""

import click

from visamap.cli import shared
from visamap.cli.saying import say

SHELLS = ("bash", "zsh", "fish")


@click.command(cls=shared.Command)
@click.argument("shell", metavar="bash|zsh|fish", type=shared.Closed(SHELLS))
def command(shell: str) -> None:
    """Print the script with which a shell completes commands and names.

    Countries are completed by code or by name in the language typed, acts by their id, visas by
    their code, and every option and its words.

    \b
    To install it for good, one of
      bash  visamap completion bash > \\
              ~/.local/share/bash-completion/completions/visamap
      zsh   visamap completion zsh > "${fpath[1]}/_visamap"
      fish  visamap completion fish > \\
              ~/.config/fish/completions/visamap.fish

    \b
    Example, for this terminal only:
      eval "$(visamap completion bash)"
    """
    from visamap.cli.suggestions import script  # noqa: PLC0415  the help page needs none

    say(script(click.get_current_context().find_root().command, shell), nl=False)
