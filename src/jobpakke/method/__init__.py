"""Every rule of the job package: pure functions over facts and a date. No Django, no input or output, no clock."""
