def rows_with_labels(table, labels):
    assert len(table) == len(labels), "one label for each row"
    for row, label in zip(table, labels):
        yield [float(entry) for entry in row], int(label)
