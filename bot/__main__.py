"""python -m bot: the same as the command `corrobot`."""

from bot.cli.main import main

if __name__ == "__main__":
    main(prog_name="corrobot")
