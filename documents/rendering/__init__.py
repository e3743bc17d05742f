"""Facts in HTML become PDF bytes, in limited worker processes.

Only modules of this package import WeasyPrint, and only inside functions of the worker.
"""

from documents.rendering.job import Job, RenderFailed, Sheet
from documents.rendering.pool import Pool, render

__all__ = ["Job", "Pool", "RenderFailed", "Sheet", "render"]
