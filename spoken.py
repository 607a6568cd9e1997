"""click in the user's language: help texts and headings come from the message table."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, TypeVar

import click

from .text import say

LANGUAGE: ContextVar[str] = ContextVar("language", default="en")
F = TypeVar("F", bound=Callable[..., Any])


class SpokenOption(click.Option):
    """An option whose help is in the user's language."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Look the sentence up when help is asked for."""
        if not self.hidden:
            self.help = say(f"cli.options.{self.name}", LANGUAGE.get())
        return super().get_help_record(ctx)


class SpokenCommand(click.Command):
    """A command whose help is in the user's language."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """One line for the list of commands."""
        return say(f"cli.commands.{self.callback_name}.short", LANGUAGE.get())

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The sentences under the usage line."""
        formatter.write_paragraph()
        with formatter.indentation():
            for paragraph in say(f"cli.commands.{self.callback_name}.long", LANGUAGE.get()).split(
                "\n"
            ):
                formatter.write_text(paragraph)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        pieces = pieces.replace("[OPTIONS]", say("cli.options_word", LANGUAGE.get()))
        pieces = pieces.replace("COMMAND [ARGS]...", say("cli.command_word", LANGUAGE.get()))
        formatter.write_usage(
            ctx.command_path, pieces, prefix=say("cli.usage", LANGUAGE.get()) + " "
        )

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options under their heading."""
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        records = [option.get_help_record(ctx) for option in options]
        with formatter.section(say("cli.options_heading", LANGUAGE.get())):
            formatter.write_dl([record for record in records if record])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, in the user's language."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("cli.options.help", LANGUAGE.get())
        return option

    @property
    def callback_name(self) -> str:
        """Name under which the message table holds the command's sentences."""
        return self.callback.__name__ if self.callback else self.name or ""


class SpokenGroup(SpokenCommand, click.Group):
    """A group whose help is in the user's language."""

    command_class = SpokenCommand

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands."""
        SpokenCommand.format_options(self, ctx, formatter)
        rows = [(name, self.commands[name].get_short_help_str()) for name in self.commands]
        with formatter.section(say("cli.commands_heading", LANGUAGE.get())):
            formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The named command; the nearest is suggested where there is none."""
        from .catalogue import nearest

        if self.get_command(ctx, args[0]) is None:
            close = nearest(args[0], self.commands)
            ctx.fail(say("cli.no_such_command", LANGUAGE.get(), name=args[0], nearest=close))
        return super().resolve_command(ctx, args)


SpokenGroup.group_class = SpokenGroup


def option(*names: str, **settings: Any) -> Callable[[F], F]:
    """A spoken option."""
    return click.option(*names, cls=SpokenOption, **settings)
