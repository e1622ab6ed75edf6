"""What the columns of a list are called, by the role that they have; one table for all languages.

A word that may as well name something else ("country" may be where the guest lives, "date" any
day) is not here: ``--map`` says it. How a heading is compared is told by ``plain``.
"""

import re

HEADINGS = {
    "nationality": """
        nationality; citizenship; nationality code; country of citizenship; country of nationality;
        citizen of; passport country; issuing country; guest nationality;
        гражданство; страна гражданства; гражданство гостя; гражданство (страна); подданство;
        национальность (гражданство); код гражданства;
        азаматтығы; азаматтық; азаматтығы (ел); азаматтық елі; азаматтығы коды;
        staatsangehörigkeit; nationalität; staatsbürgerschaft; staatsangehoerigkeit; nationalitaet;
        nationalité; nacionalidad; uyruk; uyruğu; vatandaşlık; 国籍; 國籍""",  # noqa: RUF001
    "arrival": """
        arrival; arrival date; date of arrival; arrives; arriving; check in; check in date; checkin;
        entry; entry date; date of entry; arrival day;
        дата заезда; заезд; дата прибытия; прибытие; дата въезда; въезд; дата приезда; приезд;
        дата заселения; заселение;
        келу күні; келген күні; келетін күні; келу; келген күн; келетін күн;
        кіру күні; кірген күні; кіретін күні; кіру; қоныстану күні; орналасу күні;
        ankunft; anreise; ankunftsdatum; anreisedatum; anreisetag; ankunftstag; einreise;
        einreisedatum; date d'arrivée; arrivée; fecha de llegada; geliş tarihi; giriş tarihi;
        入境日期; 到达日期""",
    "departure": """
        departure; departure date; date of departure; departs; leaving; check out; check out date;
        checkout; exit; exit date; date of exit; departure day;
        дата выезда; выезд; дата отъезда; отъезд; дата убытия; убытие; дата отбытия; отбытие;
        дата выселения; выселение;
        кету күні; кеткен күні; кететін күні; кету; кеткен күн; кететін күн;
        шығу күні; шыққан күні; шығатын күні; шығу;
        abreise; abreisedatum; abreisetag; abflug; ausreise; ausreisedatum;
        date de départ; départ; fecha de salida; ayrılış tarihi; çıkış tarihi; 出境日期;
        离开日期""",  # noqa: RUF001
    "passport": """
        passport; passport kind; passport type; type of passport; kind of passport; document type;
        doc type; type of document; travel document type;
        вид паспорта; тип паспорта; вид документа; тип документа;
        паспорт түрі; паспорттың түрі; құжат түрі; құжаттың түрі;
        passart; passtyp; pass art; art des passes; dokumentenart; ausweisart; dokumentart;
        type de passeport; tipo de pasaporte; pasaport türü; 护照种类""",
    "destination": """
        destination; destination country; country of destination; travels to; visiting country;
        страна назначения; страна въезда; страна пребывания; куда;
        баратын ел; межелі ел; бару елі; келетін ел;
        zielland; reiseziel; einreiseland; pays de destination; país de destino; gidilecek ülke;
        目的地""",  # noqa: RUF001
}
"""Role: what it is called in English, Russian, Kazakh, German and other languages."""
_SIGNS = re.compile(r"[\W_]+")


def plain(heading: str) -> str:
    """Return a heading in small letters, with one space for spaces and signs between words."""
    return _SIGNS.sub(" ", heading.casefold()).strip()


ROLE_OF = {plain(word): role for role, words in HEADINGS.items() for word in words.split(";")}
