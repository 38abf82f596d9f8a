"""Graphs: nothing overlaps, lines lead to the right and meet their boxes, every input ends."""

from itertools import combinations

import pytest
from hypothesis import given, settings

from models.commitments import CommitmentState
from portal.pictures.graph import Edge, Node, graph
from portal.pictures.placement import COLUMNS, WIDTH
from portal.pictures.places import APART
from portal.pictures.text_width import width_of
from tests.pictures.graphs import (
    anyhow,
    at,
    lengths,
    level_parts,
    nodes,
    orderly,
    overlap,
    start,
    tip,
)

Graph = tuple[list[Node], list[Edge]]
within = settings(deadline=None, max_examples=60)


def said_once(case: Graph) -> list[Edge]:
    """The lines that must be drawn, in order: each once, "together" whichever way it was said."""
    order = [node.key for node in case[0]]
    found: dict[tuple[str, str, str], Edge] = {}
    for edge in case[1]:
        if edge.before != edge.after and {edge.before, edge.after} <= set(order):
            before, after = edge.before, edge.after
            if edge.sort == "together":
                before, after = sorted((before, after), key=order.index)
            found.setdefault((before, after, edge.sort), Edge(before, after, edge.sort))
    return list(found.values())


@within
@given(anyhow())
def test_no_box_covers_another_and_all_lie_in_the_frame(case: Graph) -> None:
    drawing = graph(*case)
    assert [box.key for box in drawing.boxes] == [node.key for node in case[0]]
    assert not [(a.key, b.key) for a, b in combinations(drawing.boxes, 2) if overlap(a, b)]
    for box in drawing.boxes:
        assert 0 < box.x < box.x + box.width < drawing.width
        assert 0 < box.y < box.y + box.height < drawing.height


@within
@given(orderly())
def test_boxes_of_a_column_stand_apart(case: Graph) -> None:
    boxes = graph(*case).boxes
    for one, other in combinations(boxes, 2):
        if one.x == other.x:
            upper, lower = sorted((one, other), key=lambda box: box.y)
            assert lower.y - upper.y - upper.height >= APART - 0.2


@within
@given(orderly())
def test_each_box_stands_right_of_all_that_it_waits_for(case: Graph) -> None:
    drawing = graph(*case)
    for edge in case[1]:
        before, after = at(drawing, edge.before), at(drawing, edge.after)
        if edge.sort == "together":
            assert before.x == after.x
        else:
            assert before.x + before.width < after.x


@within
@given(anyhow())
def test_what_begins_together_stands_in_one_column_whatever_else_is_said(case: Graph) -> None:
    drawing = graph(*case)
    for edge in said_once(case):
        if edge.sort == "together":
            assert at(drawing, edge.before).x == at(drawing, edge.after).x


@within
@given(anyhow())
def test_each_line_is_drawn_once_and_its_arrow_points_at_what_waits(case: Graph) -> None:
    drawing, wanted = graph(*case), said_once(case)
    assert [line.sort for line in drawing.lines] == [edge.sort for edge in wanted]
    for line, edge in zip(drawing.lines, wanted, strict=True):
        after = at(drawing, edge.after)
        if edge.sort == "together":
            assert line.arrow == ""
            continue
        x, y = tip(line)
        assert x in (after.x, round(after.x + after.width, 1))
        assert after.y < y < after.y + after.height
    for line in drawing.lines:
        assert max(float(point.split(",")[0]) for point in (line.arrow or "0,0").split()) < (
            drawing.width
        )


@within
@given(orderly())
def test_lines_start_at_their_box_and_pass_no_other(case: Graph) -> None:
    drawing = graph(*case)
    for line, edge in zip(drawing.lines, said_once(case), strict=True):
        if edge.sort != "together":
            before = at(drawing, edge.before)
            x, y = start(line)
            assert x == round(before.x + before.width, 1)
            assert before.y < y < before.y + before.height
        for near, far, height in level_parts(line):
            on = [
                box.key
                for box in drawing.boxes
                if box.x < far and near < box.x + box.width and box.y < height < box.y + box.height
            ]
            assert on == []


@within
@given(anyhow())
def test_the_same_input_gives_the_same_picture_in_tenths_of_a_pixel(case: Graph) -> None:
    drawing = graph(*case)
    assert drawing == graph(*case)
    assert all(length == round(length, 1) for length in lengths(drawing))


@within
@given(anyhow())
def test_lines_stay_in_the_frame(case: Graph) -> None:
    drawing = graph(*case)
    for line in drawing.lines:
        for near, far, height in level_parts(line):
            assert 0 <= near < far <= drawing.width
            assert 0 <= height <= drawing.height
        assert 0 <= line.label_x <= drawing.width
        assert 0 <= line.label_y <= drawing.height


def test_a_line_below_all_boxes_is_in_the_frame_too() -> None:
    edges = [Edge("0", key, "after") for key in "123"]
    drawing = graph(nodes(4), [*edges, Edge("1", "2", "after")])
    lowest = max(height for line in drawing.lines for _x, _to, height in level_parts(line))
    assert lowest > max(box.y + box.height for box in drawing.boxes)
    assert lowest < drawing.height


def test_lines_of_one_side_have_an_end_each_in_the_order_of_where_they_lead() -> None:
    edges = [Edge("0", key, "after") for key in "123"]
    edges += [Edge(key, "4", "while") for key in "123"]
    drawing = graph(nodes(5), edges)
    leaving, coming = drawing.lines[:3], drawing.lines[3:]
    for ends in ([start(line)[1] for line in leaving], [tip(line)[1] for line in coming]):
        middles = [at(drawing, key).y for key in "123"]
        assert len(set(ends)) == 3
        assert sorted(ends) == [end for _y, end in sorted(zip(middles, ends, strict=True))]


def test_one_node_makes_a_picture() -> None:
    drawing = graph(nodes(1), [])
    assert len(drawing.boxes) == 1
    assert drawing.lines == ()
    assert drawing.width < WIDTH + 20


def test_no_node_makes_an_empty_one() -> None:
    drawing = graph([], [Edge("a", "b", "after")])
    assert (drawing.boxes, drawing.lines, drawing.marks, drawing.sorts) == ((), (), (), ())


def test_sixty_nodes_in_a_row_make_sixty_columns() -> None:
    chain = [Edge(str(n), str(n + 1), "after") for n in range(59)]
    drawing = graph(nodes(60), chain)
    xs = [box.x for box in drawing.boxes]
    assert xs == sorted(set(xs))
    assert len({box.y for box in drawing.boxes}) == 1, "a chain lies level"


def test_what_waits_for_two_stands_after_the_later() -> None:
    edges = [Edge("0", "1", "after"), Edge("1", "2", "after"), Edge("0", "2", "while")]
    drawing = graph(nodes(3), edges)
    assert at(drawing, "0").x < at(drawing, "1").x < at(drawing, "2").x


def test_a_circle_is_cut_and_its_last_line_runs_back() -> None:
    circle = [Edge("0", "1", "after"), Edge("1", "2", "after"), Edge("2", "0", "while")]
    drawing = graph(nodes(3), circle)
    first = at(drawing, "0")
    assert first.x < at(drawing, "1").x < at(drawing, "2").x
    assert tip(drawing.lines[2])[0] == first.x + first.width


def test_two_that_wait_for_each_other_are_both_drawn() -> None:
    drawing = graph(nodes(2), [Edge("0", "1", "after"), Edge("1", "0", "after")])
    assert len(drawing.lines) == 2
    assert drawing.lines[0].path != drawing.lines[1].path


def test_a_wait_inside_what_begins_together_is_a_bow_on_the_right() -> None:
    drawing = graph(nodes(2), [Edge("0", "1", "together"), Edge("0", "1", "after", "2 days")])
    box, line = drawing.boxes[1], drawing.lines[1]
    assert tip(line)[0] == box.x + box.width
    assert box.y < tip(line)[1] < box.y + box.height / 2, "it comes in where it comes from"
    assert line.label_x + width_of(line.words, 13) / 2 < drawing.width


def test_together_said_from_both_sides_is_one_double_line() -> None:
    drawing = graph(nodes(2), [Edge("0", "1", "together"), Edge("1", "0", "together")])
    (line,) = drawing.lines
    assert line.path.count("M") == 2, "a double line has two strokes"
    assert drawing.sorts == ("together",)


def test_together_past_another_box_goes_around_it() -> None:
    edges = [Edge("0", "1", "together"), Edge("1", "2", "together"), Edge("0", "2", "together")]
    drawing = graph(nodes(3), edges)
    assert "C" not in drawing.lines[0].path
    assert "C" in drawing.lines[2].path


def test_lines_are_uncrossed_where_they_can_be() -> None:
    drawing = graph(nodes(4), [Edge("0", "3", "after"), Edge("1", "2", "after")])
    # Two parts without a line between them: each is level by itself.
    assert at(drawing, "0").y == at(drawing, "3").y
    assert at(drawing, "1").y == at(drawing, "2").y
    joined = graph(
        nodes(5),
        [
            Edge("0", "3", "after"),
            Edge("1", "2", "after"),
            Edge("3", "4", "after"),
            Edge("2", "4", "after"),
        ],
    )
    above = at(joined, "0").y < at(joined, "1").y
    assert (at(joined, "3").y < at(joined, "2").y) is above


def test_small_parts_stand_side_by_side_and_what_is_alone_comes_last() -> None:
    pairs = [Edge("0", "1", "after"), Edge("2", "3", "after")]
    drawing = graph(nodes(5), [*pairs, Edge("1", "4", "after")])
    assert COLUMNS == 3
    assert at(drawing, "2").y > at(drawing, "0").y, "three columns are taken already"
    drawing = graph(nodes(6), [*pairs, Edge("2", "3", "while")])
    lone = at(drawing, "4").y
    assert all(lone > at(drawing, key).y + at(drawing, key).height for key in "0123")
    assert at(drawing, "5").y == lone


@pytest.mark.parametrize("count", [4, 5, 9])
def test_boxes_that_are_alone_stand_in_rows(count: int) -> None:
    boxes = graph(nodes(count), []).boxes
    assert len({box.y for box in boxes}) == -(-count // 4)


def test_words_are_wrapped_into_the_box_and_kept_whole_beside_it() -> None:
    title = "Tell every hospital group at once which updates were signed since the ninth of March"
    box = graph([Node("a", (title, "Cloud, due 10 May"), "late")], []).boxes[0]
    assert len(box.words) == 3
    assert box.first == 2
    assert box.words[1].endswith("…")
    assert box.words[2] == "Cloud, due 10 May"
    assert all(width_of(line) <= box.width for line in box.words)
    assert box.name == f"{' '.join(box.words)} ({title} Cloud, due 10 May)"
    for line in box.lines:
        assert box.y < line.y - 10
        assert line.y < box.y + box.height


def test_a_box_whose_words_fit_is_named_by_them_alone() -> None:
    box = graph([Node("a", ("Mend it", "", "Telco"), "", "/commitments/a")], []).boxes[0]
    assert box.words == ("Mend it", "Telco")
    assert box.name == "Mend it Telco"
    assert box.href == "/commitments/a"


def test_the_legend_has_each_mark_once_in_the_order_of_a_life() -> None:
    marks = ("late", "of-its-own", "fulfilled", "draft", "", "late")
    case = [Node(str(n), ("x",), mark) for n, mark in enumerate(marks)]
    found = graph(case, []).marks
    assert [box.mark for box in found] == ["draft", "fulfilled", "late", "of-its-own"]
    assert [box.means for box in found] == ["draft", "fulfilled", "overdue", "of its own"]


def test_each_mark_has_a_sign_of_its_own() -> None:
    marks = [*CommitmentState, "late", "hidden"]
    boxes = graph([Node(mark, ("x",), mark) for mark in marks], []).boxes
    assert len({box.sign.text for box in boxes}) == len(marks)
    for box in boxes:
        assert box.x < box.sign.x < box.lines[0].x
        assert box.y < box.sign.y < box.y + box.height
