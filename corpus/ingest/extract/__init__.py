"""One module a format. Each is imported when the first source of its format comes."""
