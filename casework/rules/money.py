"""Money in Decimal yuan, rounded half up once, in figures and in capitals."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from casework.rules.errors import AbsurdSum, NegativeSum, NotANumber

CENT = Decimal("0.01")
MOST = Decimal(100_000_000_000)
FEN_IN_YUAN = 100


def amount(value: object, *, negative: bool = False) -> Decimal:
    """An exact Decimal from text, a whole number, a Decimal, or a float as it prints.

    Raises: NotANumber, NegativeSum, AbsurdSum (above 100 billion).
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise NotANumber(value)
    try:
        number = Decimal(str(value).strip().replace(",", ""))
    except (InvalidOperation, ValueError):  # also a whole number of thousands of digits
        raise NotANumber(value) from None
    if not number.is_finite():
        raise NotANumber(value)
    if number < 0 and not negative:
        raise NegativeSum(value)
    if number.copy_abs() > MOST:
        raise AbsurdSum(value)
    return number


def rounded(value: Decimal) -> Decimal:
    """To the fen, half up."""
    return value.quantize(CENT, ROUND_HALF_UP)


def fen(value: Decimal | str | int) -> int:
    """Yuan to whole fen, half up. Raises: NotANumber, NegativeSum, AbsurdSum."""
    return int(rounded(amount(value)) * FEN_IN_YUAN)


def yuan(fen: int) -> Decimal:
    """Whole fen to yuan with two decimals."""
    return rounded(Decimal(fen) / FEN_IN_YUAN)


def figures(value: Decimal | str | int) -> str:
    """Yuan in figures: 254,700.00."""
    return f"{rounded(amount(value)):,.2f}"


def plain(value: Decimal) -> str:
    """Yuan as data: two decimals, no separators."""
    return str(rounded(value))


def capitals(value: Decimal | str | int) -> str:
    """Yuan in financial capitals (人民币大写): 壹拾贰万柒仟叁佰伍拾元整.

    cn2an truncates after the fen, so the sum is rounded first. Raises: as `fen`.
    """
    import cn2an

    return str(cn2an.an2cn(str(rounded(amount(value))), "rmb"))
