"""The workspace database: schema, migrations, writer, undo journal, search, backup."""
