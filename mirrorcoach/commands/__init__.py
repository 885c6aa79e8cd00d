"""Commands that have a module of their own; thin. Nothing heavy is imported before one runs."""
