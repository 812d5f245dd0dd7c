"""The names of columns in Moodle's grading worksheet: Moodle writes them in the language of whoever downloads it.

The words are those of Moodle's language packs (`mod/assign/lang`, `lang/*/assign.php`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

IDENTIFIER = "identifier"
NAME = "name"
EMAIL = "email"
NUMBER = "number"
GRADE = "grade"
MAXIMUM = "maximum"
SCALE = "scale"
CHANGEABLE = "changeable"
GRADED_AT = "graded_at"
COMMENTS = "comments"

# By column: in English, German, Spanish, French.
WORDS: Mapping[str, tuple[str, ...]] = {
    IDENTIFIER: ("Identifier", "ID", "Identificador", "Identifiant"),
    NAME: ("Full name", "Vollständiger Name", "Nombre completo", "Nom complet"),
    EMAIL: ("Email address", "E-Mail-Adresse", "Dirección de correo", "Adresse de courriel"),
    NUMBER: ("ID number", "ID-Nummer", "Número de ID", "Numéro d'identification"),
    GRADE: ("Grade", "Bewertung", "Calificación", "Note"),
    MAXIMUM: ("Maximum grade", "Bestwertung", "Calificación máxima", "Note maximale"),
    SCALE: ("Scale", "Skala", "Escala", "Barème"),
    CHANGEABLE: (
        "Grade can be changed",
        "Bewertung kann geändert werden",
        "La calificación puede ser cambiada",
        "La calificación puede cambiarse",
        "La note peut être modifiée",
    ),
    GRADED_AT: (
        "Last modified (grade)",
        "Zuletzt geändert (Bewertung)",
        "Última modificación (calificación)",
        "Dernière modification (note)",
    ),
    COMMENTS: (
        "Feedback comments",
        "Feedback als Kommentar",
        "Comentarios de retroalimentación",
        "Feedback par commentaires",
    ),
}
NO = frozenset({"no", "nein", "non"})


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Return where the columns of a worksheet are, by the names above; those that it lacks are left out."""
    places = {name.strip(): place for place, name in reversed([*enumerate(header)])}
    return {
        column: next(places[word] for word in words if word in places)
        for column, words in WORDS.items()
        if any(word in places for word in words)
    }
