from msgspec.structs import replace

from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.latest import latest


def test_an_answer_stays_until_something_is_edited_that_counts():
    asked = []

    @latest
    def answer(project):
        asked.append(project)
        return len(asked)

    project = chain("test", "exam", [(4, "tanh")])
    moved = edits.move(project, {"output": (900.0, 0.0)})
    assert [answer(project), answer(moved), answer(replace(project, name="other"))] == [1, 1, 1]
    wider = edits.set_value(project, "dense-1", "units", 5)
    assert answer(wider) == 2


def test_what_is_tried_does_not_wear_out_the_answer_about_the_project():
    asked = []

    @latest
    def answer(project):
        asked.append(project)
        return len(asked)

    project = chain("test", "exam", [(4, "tanh")])
    tries = [edits.set_value(project, "dense-1", "units", units) for units in (5, 6, 7)]
    assert [each for tried in tries for each in (answer(tried), answer(project))] == [1, 2, 3, 2, 4, 2]
    assert answer(tries[0]) == 5
