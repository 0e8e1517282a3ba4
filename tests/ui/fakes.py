"""A session without a thread, for tests of what drives one."""

from annstudio.training.snapshot import Mailbox, RunState, Snapshot


class FakeSession:
    """Notes what it is asked for; a test puts snapshots into its mailbox."""

    def __init__(self, project, trained):
        self.project, self.trained = project, trained
        self.mailbox = Mailbox()
        self.asked = []
        self.hand_edits = self.resets = 0

    def run(self):
        self.mailbox.hold(False)
        self.asked.append("run")

    def pause(self):
        self.mailbox.hold(True)
        self.asked.append("pause")

    def step(self, unit, count=1):
        self.asked.append(f"step {unit}" if count == 1 else f"step {count} {unit}s")

    def step_back(self, unit):
        self.asked.append(f"step back {unit}")

    def go_to(self, step):
        self.asked.append(f"go to {step}")

    def reset(self):
        self.resets += 1
        self.asked.append("reset")

    def set_weight(self, place, value):
        self.hand_edits += 1
        self.asked.append((place, value))

    def adopt(self, project):
        self.project = project
        self.asked.append("adopt")

    def set_pace(self, epochs_per_second):
        self.asked.append(f"pace {epochs_per_second:g}")

    def predict(self, raw):
        return raw[:, :1]

    def close(self, timeout=5.0):
        self.asked.append("close")
        self.waited = timeout
        return True

    def show(self, run=1, state=RunState.READY, message=None, epoch=0, **more):
        asked = {"hand_edits": self.hand_edits, "resets": self.resets}
        self.mailbox.put(Snapshot(run, state, message, epoch, 0, 1, **asked, **more))
