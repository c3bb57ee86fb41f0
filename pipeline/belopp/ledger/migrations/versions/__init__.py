"""The revisions; once released, none is changed."""
