"""Workers have documents written: in processes of this machine, or on a cluster."""

from leafletpress.build.workers.jobs import Job
from leafletpress.build.workers.pool import Pool, results

__all__ = ["Job", "Pool", "results"]
