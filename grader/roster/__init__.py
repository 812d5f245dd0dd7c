"""The people of a class: who they are, their groups, sections and extensions, and how learning platforms name them."""
