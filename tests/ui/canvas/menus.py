"""Selecting cards and using menus, as tests of the canvas need it."""


def select(view, *ids):
    view.canvas.select_only([view.canvas.cards[node_id] for node_id in ids])


def entries(menu):
    """Return what a menu offers, by text, with what the menus within it offer."""
    found = {}
    for action in menu.actions():
        if action.menu():
            found |= {f"{action.text()} > {text}": inner for text, inner in entries(action.menu()).items()}
        elif not action.isSeparator():
            found[action.text().replace("&", "")] = action
    return found


def choose(menu, text):
    entries(menu)[text].trigger()
