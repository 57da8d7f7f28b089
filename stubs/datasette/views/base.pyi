class DatasetteError(Exception):
    status: int
