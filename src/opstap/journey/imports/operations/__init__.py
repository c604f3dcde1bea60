"""What happens to a list: uploaded, corrected, decided on, applied, discarded; and records merged."""

from opstap.journey.imports.operations.applying import apply_rows, discard_batch, queue_list
from opstap.journey.imports.operations.deciding import choose_values, correct_row, join_row, separate_row, skip_row
from opstap.journey.imports.operations.merging import merge_records
from opstap.journey.imports.operations.uploading import fail_list, read_waiting_list, receive_list, upload_list

__all__ = [
    "apply_rows",
    "choose_values",
    "correct_row",
    "discard_batch",
    "fail_list",
    "join_row",
    "merge_records",
    "queue_list",
    "read_waiting_list",
    "receive_list",
    "separate_row",
    "skip_row",
    "upload_list",
]
