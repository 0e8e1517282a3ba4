"""How many samples there are, without making them."""

from annstudio.project.model import Project


def training_samples(project: Project) -> int | None:
    """Return the number of training samples; None where it is no setting, or hangs on how a share is rounded."""
    samples = project.data.values.get("source.samples")
    if samples is None:
        return None
    parts = [round(float(samples) * float(project.data[share]), 9) for share in ("train", "validation")]
    return int(parts[0]) if all(part.is_integer() for part in parts) else None
