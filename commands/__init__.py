"""The command line, one file a group of commands; loaded only when asked for (docs/decisions/0002-commands.md)."""
