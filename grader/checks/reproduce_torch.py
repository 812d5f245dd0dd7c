"""What lines that reproduce a failure need to make, train and examine models; imports PyTorch."""

from grader.worker.running.loading import loops
from grader.worker.running.models import add_hooks, put_in_use, slope, state
from grader.worker.running.training import adopt, gradients, make, scatter, seen

__all__ = ["add_hooks", "adopt", "gradients", "loops", "make", "put_in_use", "scatter", "seen", "slope", "state"]
