"""Where this house stands: the city and the province of its union, from the settings."""

from django.conf import settings


def city() -> str:
    """The city whose union this is, as papers name it: 重庆市."""
    return str(settings.WUFANG_CITY)


def province() -> str:
    """The province of the city, without its last sign, as people say it: 重庆, 四川."""
    return str(settings.WUFANG_PROVINCE).rstrip("省市")


def places() -> tuple[str, str]:
    """The names that firms of this place carry before or within their own."""
    return str(settings.WUFANG_CITY), str(settings.WUFANG_PROVINCE)
