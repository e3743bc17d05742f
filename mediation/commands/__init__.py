"""What an answer on a task means. All modules are imported, so that their clocks' handlers register."""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
