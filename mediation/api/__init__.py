"""The same steps for programs: list, read as a schema, carry out; read the file; track by code."""
