"""Open Badges 3.0: what is awarded as a file that any verifier reads. Bytes and dicts in and out, no database.

A badge is a W3C Verifiable Credential 2.0 with a Data Integrity proof of the suite `eddsa-rdfc-2022`.
What is signed is no text but the statements that the text stands for:

    credential (JSON-LD) -> statements (RDF) -> their canonical order (RDFC-1.0) -> SHA-256 -> Ed25519

**What is not a statement is not signed.** A word that no context defines drops out before the hash, so
that anybody could add it later and the signature still held. So such words are refused, when we sign and
when we look (`canonical`). What means a word is pinned: the contexts lie beside as files, are checked by
hash, and are never fetched (`contexts`).

**Two libraries must agree** on the canonical form, PyLD and pyoxigraph, before anything is signed or
believed. Both are right in what a badge of ours consists of; each is wrong in a corner (control
characters; several nodes that look alike), and there they differ or we refuse.

**Who signs** is a `did:key`, which proves that a file is whole and says nothing of who made it, or a
`did:web`, a document at an address of the issuer that lists its keys (`keys`). A key that is replaced
stays listed there, so that what it signed stays good; one that got lost is taken out, and said to be.

**What became of it since** stands in a list of bits at an address that the badge names (`status`).

**What others made** is read as hostile (`foreign`): out of a file of bounded length (`picture`, `vector`), by
the pinned contexts alone, in a child process.
"""
