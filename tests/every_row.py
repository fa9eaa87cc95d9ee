"""Everything that stands in a database, as whoever has the file reads it."""

from sqlalchemy import create_engine, inspect, text


def every_row(url: str) -> dict[str, list[dict[str, object]]]:
    """Return every row of every table, by the table's name."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {
            name: [
                dict(row)
                for row in connection.execute(text(f'SELECT * FROM "{name}"')).mappings()  # noqa: S608 - names of ours
            ]
            for name in inspect(connection).get_table_names()
        }
    engine.dispose()
    return found
