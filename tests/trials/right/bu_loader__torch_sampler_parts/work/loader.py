import importlib

for _part in ("dataset_part", "batches_part"):
    globals().update({k: v for k, v in vars(importlib.import_module(_part)).items() if not k.startswith("_")})
