import json


def rows_of(record):
    """The rows of a record, one by one."""
    decoder, text = json.JSONDecoder(), record.strip()
    while text:
        row, end = decoder.raw_decode(text)
        yield row
        text = text[end:].lstrip()
