"""Messages, one TOML file a room."""
