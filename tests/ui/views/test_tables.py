"""Tables of results."""

import pytest
from PySide6.QtWidgets import QTableWidgetItem

from annstudio.ui.views.tables import fit_columns, result_table


@pytest.fixture
def table(qtbot):
    made = result_table("Results")
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    made.setColumnCount(3)
    made.setRowCount(1)
    made.setHorizontalHeaderLabels(["a", "b", "c"])
    return made


@pytest.mark.parametrize("written", ["", "much longer than it was before"])
def test_the_last_column_reaches_the_edge_however_often_they_are_fitted(table, written):
    fit_columns(table)
    table.setItem(0, 0, QTableWidgetItem(written))
    fit_columns(table)
    assert table.horizontalHeader().length() == table.viewport().width()


def test_what_is_wider_than_the_table_is_not_cut(table):
    table.setItem(0, 2, QTableWidgetItem("word " * 40))
    fit_columns(table)
    assert table.columnWidth(2) >= table.sizeHintForColumn(2)
    assert table.horizontalHeader().length() > table.viewport().width()
