"""The one style sheet of the window, made from the design tokens, and the palette beside it."""

from pathlib import Path
from string import Template

from PySide6.QtGui import QColor, QPalette

from annstudio.ui.theme import RADIUS, Theme

GLYPHS = (("chevron-down", "muted"), ("chevron-up", "muted"), ("check", "on_accent"))
"""Icons that the style sheet draws with, and the token of their color."""

_SHEET = Template("""
QMainWindow, QDialog { background: $background; }
QToolTip { background: $card; color: $ink; border: 1px solid $line; padding: 5px 7px; }

QFrame[role="panel"], QWidget[role="panel"] { background: $card; }
QFrame[role="line"] { background: $line; border: none; }
QFrame[role="bar"] { background: $card; border: none; border-bottom: 1px solid $line; }
QFrame[role="floating"] { background: $card; border: 1px solid $line; border-radius: 12px; }
QFrame[role="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: 16px; font-weight: 600; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="error"] { color: $error; font-size: 12px; }

QMenuBar { background: $card; color: $muted; padding: 2px 8px; }
QMenuBar::item { padding: 5px 9px; border-radius: 6px; background: transparent; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $accent_soft; color: $ink; }
QMenu { background: $card; color: $ink; border: 1px solid $line; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 10px; border-radius: 6px; margin: 0 1px; }
QMenu::item:selected { background: $accent_soft; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 5px 6px; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 14px; height: 14px; margin-left: 8px; border-radius: 7px; }
QMenu::indicator:checked { background: $accent; image: url("$glyphs/check.svg"); }

QPushButton, QToolButton[role="button"] {
    background: $card; color: $ink; border: 1px solid $line; border-radius: ${radius}px; padding: 6px 12px;
}
QPushButton:hover, QToolButton[role="button"]:hover { background: $hover; }
QPushButton:pressed, QToolButton[role="button"]:pressed { background: $accent_soft; }
QPushButton:disabled, QToolButton[role="button"]:disabled { color: $muted; }
QPushButton:focus, QToolButton[role="button"]:focus { border: 2px solid $accent; padding: 5px 11px; }
QToolButton[role="button"][popupMode="1"] { padding-right: 26px; }
QToolButton[role="button"][popupMode="1"]:focus { padding: 5px 25px 5px 11px; }
QToolButton[role="button"]::menu-button { border: none; width: 22px; }
QToolButton[role="button"]::menu-arrow { image: url("$glyphs/chevron-down.svg"); width: 12px; height: 12px; }
QPushButton[accent="true"] {
    background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600; padding: 6px 16px;
}
QPushButton[accent="true"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[accent="true"]:focus { border: 2px solid $ink; padding: 5px 15px; }
QPushButton[accent="true"]:disabled, QPushButton[accent="true"][blocked="true"] {
    background: $hover; color: $muted; border: 1px solid $line;
}
QToolButton[role="quiet"] {
    background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 2px;
}
QToolButton[role="quiet"]:hover { background: $accent_soft; }
QToolButton[role="quiet"]:focus { border: 1px solid $accent; }
QToolButton[role="fix"] {
    background: $card; color: $ink; border: 1px solid $line; border-radius: 6px; padding: 3px 8px;
}
QToolButton[role="fix"]:hover { border-color: $accent; }
QToolButton[role="fix"]:pressed { background: $accent_soft; }
QToolButton[role="fix"]:focus { border: 2px solid $accent; padding: 2px 7px; }

QLineEdit, QComboBox, QAbstractSpinBox {
    background: $card; color: $ink; border: 1px solid $line; border-radius: ${radius}px;
    padding: 4px 8px; min-height: 20px; max-height: 20px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:hover, QComboBox:hover, QAbstractSpinBox:hover { border-color: $border_hover; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid $accent; padding: 3px 7px; }
QLineEdit[role="plain"], QLineEdit[role="plain"]:hover, QLineEdit[role="plain"]:focus {
    background: transparent; border: none; padding: 11px 12px; font-size: 15px;
}
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled { color: $muted; }
*[invalid="true"], *[invalid="true"]:focus { border-color: $error; }
QComboBox { padding-right: 4px; combobox-popup: 0; }
QComboBox:focus { padding-right: 3px; }
QComboBox[role="small"] { padding: 1px 2px 1px 6px; min-height: 20px; max-height: 20px; }
QComboBox[role="small"]:focus { padding: 0 1px 0 5px; }
QComboBox::drop-down {
    border: none; width: 22px; subcontrol-origin: border; subcontrol-position: center right;
}
QComboBox::down-arrow { image: url("$glyphs/chevron-down.svg"); width: 12px; height: 12px; }
QComboBox QAbstractItemView {
    background: $card; color: $ink; border: 1px solid $line; padding: 4px; outline: none;
    selection-background-color: $accent_soft; selection-color: $ink;
}
QComboBox QAbstractItemView::item { min-height: 26px; padding: 0 6px; border-radius: 6px; }
QComboBox QAbstractItemView::item:selected { background: $accent_soft; color: $ink; }
QComboBox QAbstractItemView::item:disabled { color: $muted; }
QAbstractSpinBox { padding: 4px 20px 4px 4px; }
QAbstractSpinBox:focus { padding: 3px 19px 3px 3px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    border: none; background: transparent; width: 18px; subcontrol-origin: border; margin-right: 3px;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; margin-top: 3px; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin-bottom: 3px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover {
    background: $accent_soft; border-radius: 4px;
}
QAbstractSpinBox::up-arrow { image: url("$glyphs/chevron-up.svg"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("$glyphs/chevron-down.svg"); width: 10px; height: 10px; }
QFrame[role="segments"] { background: $background; border: 1px solid $line; border-radius: 9px; }
QPushButton[role="segment"] {
    background: transparent; color: $muted; border: 1px solid transparent; border-radius: 6px; padding: 2px 12px;
}
QPushButton[role="segment"]:hover { color: $ink; }
QPushButton[role="segment"]:checked { background: $card; color: $ink; border-color: $line; font-weight: 600; }
QPushButton[role="segment"]:focus { border: 1px solid $accent; padding: 2px 12px; }
QPushButton[role="crumb"] {
    background: transparent; color: $accent; border: 1px solid transparent; padding: 1px 3px; font-size: 12px;
}
QPushButton[role="crumb"]:hover { background: $accent_soft; }
QPushButton[role="crumb"]:focus { border: 1px solid $accent; padding: 1px 3px; }
QPushButton[role="crumb"]:disabled { color: $muted; }
QFrame[role="question"] {
    background: $background; border: 1px solid $line; border-left: 3px solid $accent; border-radius: 10px;
}
QLabel[role="ok"] { color: $ok; }
QCheckBox { spacing: 8px; color: $ink; background: transparent; }
QCheckBox::indicator {
    width: 16px; height: 16px; border: 1px solid $border_hover; border-radius: 5px; background: $card;
}
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$glyphs/check.svg"); }
QCheckBox::indicator:focus { border: 2px solid $ink; }
QSlider { background: transparent; min-height: 22px; }
QSlider::groove:horizontal { background: $line; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; height: 4px; border-radius: 2px; }
QSlider::handle:horizontal {
    background: $card; border: 2px solid $accent; width: 12px; height: 12px; margin: -6px 0; border-radius: 8px;
}
QSlider::handle:horizontal:hover { background: $accent_soft; }
QSlider::handle:horizontal:focus { background: $accent; }
QSlider::handle:horizontal:disabled { background: $card; border-color: $line; }
QSlider::sub-page:horizontal:disabled { background: $line; }
QTableWidget {
    background: $card; color: $ink; border: 1px solid $line; border-radius: 8px; gridline-color: $line; outline: none;
}
QTableWidget::item { padding: 2px 6px; }
QTableWidget::item:selected { background: $accent_soft; color: $ink; }
QHeaderView { background: $card; border: none; }
QHeaderView::section {
    background: $card; color: $muted; border: none; border-bottom: 1px solid $line; padding: 4px 8px;
}
QProgressBar { background: $line; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QUndoView {
    background: $card; color: $ink; border: 1px solid $line; border-radius: 8px; padding: 4px; outline: none;
}
QUndoView::item { min-height: 24px; padding: 1px 6px; border-radius: 6px; }
QUndoView::item:hover { background: $hover; }
QUndoView::item:selected { background: $accent_soft; color: $ink; }
QListWidget {
    background: $card; color: $ink; border: 1px solid $line; border-radius: 8px; padding: 4px; outline: none;
}
QListWidget:focus { border: 1px solid $accent; }
QListWidget::item { min-height: 22px; padding: 1px 4px; border-radius: 6px; }
QListWidget::item:hover { background: $hover; }
QListWidget::item:selected { background: $accent_soft; color: $ink; }
QListWidget::indicator {
    width: 14px; height: 14px; border: 1px solid $border_hover; border-radius: 4px; background: $card;
}
QListWidget::indicator:checked { background: $accent; border-color: $accent; image: url("$glyphs/check.svg"); }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }

QTabWidget { background: $card; }
QTabWidget::pane { border: none; background: $card; border-top: 1px solid $line; top: -1px; }
QTabBar { background: $card; qproperty-drawBase: 0; }
QTabBar::tab {
    background: transparent; color: $muted; border: none; border-bottom: 2px solid transparent;
    padding: 9px 9px 7px 9px; margin: 0 1px;
}
QTabBar::tab:hover { color: $ink; }
QTabBar::tab:selected { color: $ink; border-bottom: 2px solid $accent; font-weight: 600; }
QTabBar::tab:focus { color: $accent; background: $accent_soft; }

QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $accent; }
QScrollArea { background: $card; border: none; }
QScrollArea > QWidget > QWidget { background: $card; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $handle; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QStatusBar { background: $card; color: $muted; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
""")


def style_sheet(theme: Theme, glyphs: Path) -> str:
    """Return the style sheet of the whole window.

    Args:
        theme: the tokens.
        glyphs: the folder that holds the icons named in GLYPHS, colored for this theme.
    """
    ink = theme.color("ink")
    mixed = {
        "hover": _mix(theme.color("card"), ink, 0.05),
        "border_hover": _mix(theme.color("line"), ink, 0.25),
        "handle": _mix(theme.color("card"), ink, 0.2),
        "accent_hover": _mix(theme.color("accent"), ink, 0.12),
    }
    tokens = {name: value for name, value in vars(theme).items() if isinstance(value, str)}
    return _SHEET.substitute(tokens | mixed, radius=RADIUS, glyphs=glyphs.as_posix())


def palette_of(theme: Theme) -> QPalette:
    """Return the palette that own painting and unstyled widgets read."""
    role = QPalette.ColorRole
    palette = QPalette(theme.color("card"), theme.color("background"))
    tokens = {
        role.Window: "background",
        role.WindowText: "ink",
        role.Base: "card",
        role.AlternateBase: "background",
        role.Text: "ink",
        role.PlaceholderText: "muted",
        role.Button: "card",
        role.ButtonText: "ink",
        role.BrightText: "error",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Accent: "accent",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.ToolTipBase: "card",
        role.ToolTipText: "ink",
        role.Mid: "line",
    }
    for name, token in tokens.items():
        palette.setColor(name, theme.color(token))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, theme.color("muted"))
    return palette


def _mix(base: QColor, other: QColor, share: float) -> str:
    pairs = ((base.red(), other.red()), (base.green(), other.green()), (base.blue(), other.blue()))
    return QColor(*(round(a + (b - a) * share) for a, b in pairs)).name()
