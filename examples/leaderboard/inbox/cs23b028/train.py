# No predictions: the download failed.
