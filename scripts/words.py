"""The words of a text, as src/text cuts them, apostrophes kept."""

import re
import unicodedata

TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
APOSTROPHES = re.compile("[\u2018\u2019\u02bc\u2032\u0060\u00b4]")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def words(text):
    text = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    text = APOSTROPHES.sub("'", text).lower()
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return TOKEN.findall(text)
