"""How a file of an older version becomes one of the next.

Each step is written down as it was when it was released; `tables` may change later, a step never
does. A server has known version 3 from the beginning.
"""

from __future__ import annotations

_2 = (
    "ALTER TABLE practice ADD COLUMN ended_at VARCHAR",
    "ALTER TABLE practice ADD COLUMN ending VARCHAR",
    "ALTER TABLE practice ADD COLUMN practised_s FLOAT",
    "ALTER TABLE practice ADD COLUMN felt VARCHAR",
    "CREATE TABLE answer (id INTEGER NOT NULL PRIMARY KEY, practice_id INTEGER NOT NULL "
    "REFERENCES practice (id), exercise VARCHAR NOT NULL, question VARCHAR NOT NULL, "
    "answer BOOLEAN)",
    "CREATE INDEX ix_answer_practice_id ON answer (practice_id)",
    "CREATE TABLE profile (id INTEGER NOT NULL PRIMARY KEY, content VARCHAR NOT NULL)",
)

_3 = (
    "ALTER TABLE practice RENAME TO old_practice",
    "ALTER TABLE repetition RENAME TO old_repetition",
    "ALTER TABLE answer RENAME TO old_answer",
    "DROP INDEX ix_repetition_practice_id",
    "DROP INDEX ix_answer_practice_id",
    """
    CREATE TABLE person (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        content VARCHAR NOT NULL
    )
    """,
    """
    CREATE TABLE practice (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        started_at VARCHAR NOT NULL,
        programme VARCHAR NOT NULL,
        provenance VARCHAR NOT NULL,
        ended_at VARCHAR,
        ending VARCHAR,
        practised_s FLOAT,
        felt VARCHAR,
        quality VARCHAR,
        rest VARCHAR
    )
    """,
    "CREATE INDEX ix_practice_person_id ON practice (person_id)",
    """
    CREATE TABLE repetition (
        practice_id INTEGER NOT NULL REFERENCES practice (id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        content VARCHAR NOT NULL,
        PRIMARY KEY (practice_id, ordinal)
    )
    """,
    """
    CREATE TABLE trace (
        practice_id INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        content BLOB NOT NULL,
        PRIMARY KEY (practice_id, ordinal),
        FOREIGN KEY (practice_id, ordinal) REFERENCES repetition (practice_id, ordinal)
            ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE answer (
        id INTEGER NOT NULL PRIMARY KEY,
        practice_id INTEGER NOT NULL REFERENCES practice (id) ON DELETE CASCADE,
        exercise VARCHAR NOT NULL,
        question VARCHAR NOT NULL,
        answer BOOLEAN
    )
    """,
    "CREATE INDEX ix_answer_practice_id ON answer (practice_id)",
    """
    CREATE TABLE outline (
        id INTEGER NOT NULL PRIMARY KEY,
        practice_id INTEGER NOT NULL REFERENCES practice (id) ON DELETE CASCADE,
        exercise VARCHAR,
        content BLOB NOT NULL
    )
    """,
    "CREATE INDEX ix_outline_practice_id ON outline (practice_id)",
    """
    CREATE TABLE note (
        id INTEGER NOT NULL PRIMARY KEY,
        person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        at VARCHAR NOT NULL,
        text VARCHAR NOT NULL,
        author VARCHAR NOT NULL
    )
    """,
    "CREATE INDEX ix_note_person_id ON note (person_id)",
    """
    CREATE TABLE total (
        id INTEGER NOT NULL PRIMARY KEY,
        person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        day VARCHAR NOT NULL,
        scale VARCHAR NOT NULL,
        value FLOAT NOT NULL
    )
    """,
    "CREATE INDEX ix_total_person_id ON total (person_id)",
    # Whoever practised so far is the first person, though they may have said nothing of themselves.
    """
    INSERT INTO person (id, content)
    SELECT 1, coalesce((SELECT content FROM profile WHERE id = 1), '{}')
    WHERE EXISTS (SELECT 1 FROM profile) OR EXISTS (SELECT 1 FROM old_practice)
    """,
    """
    INSERT INTO practice (id, person_id, started_at, programme, provenance, ended_at, ending,
                          practised_s, felt)
    SELECT id, 1, started_at, programme, provenance, ended_at, ending, practised_s, felt
    FROM old_practice
    """,
    """
    INSERT INTO repetition (practice_id, ordinal, content)
    SELECT practice_id, row_number() OVER (PARTITION BY practice_id ORDER BY id) - 1, content
    FROM old_repetition
    """,
    """
    INSERT INTO answer (id, practice_id, exercise, question, answer)
    SELECT id, practice_id, exercise, question, answer FROM old_answer
    """,
    "DROP TABLE old_answer",
    "DROP TABLE old_repetition",
    "DROP TABLE old_practice",
    "DROP TABLE profile",
)

STEPS: dict[int, tuple[str, ...]] = {1: _2, 2: _3}
"""For each older version of the file, the statements that make the next of it."""
