-- The streams of a category stand together in the primary key, which begins with it: an index by category said so once
-- more, for 70 bytes a stream and an entry with each that is opened.
drop index streams_by_category;
