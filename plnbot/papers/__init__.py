"""Papers: what is read outside a browser of ours, as a tagged PDF and as pages that open offline.

A page is laid out once (`outline`): its headings, paragraphs, facts and files, in order. `pdf` prints that,
`offline` makes a zip of it. So a paper says what the page says, and nothing that the page does not show.
"""
