"""The one place in front of every door: what may come in, decided before a byte of a body is read.

Strangers reach this process, so nothing that they send may cost others their time, their
descriptors or their disk. Five rooms see to it, from the outside in:

- `listening` accepts connections, and knows how many there are: in all, and from one address. At the
  most that fit, whoever waits for their own side longest makes room for who comes: a half-sent
  request, an unread answer, an idle connection. So the only ones who can fill the house are those
  whom we let work, and what they do is short or counted (`live`). The rest of the descriptors belongs
  to the database and the platforms.
- `gate` is one connection. It passes bytes on in small pieces, so that nobody has the loop for long,
  and ends a connection whose head does not come, or whose answers are not read, in time.
- `heads` decides by a request's head alone: type, charset, encoding and size. Only what a route
  declares is taken, and a form is URL-encoded UTF-8 unless it declares otherwise; nothing is
  unpacked, and no other codec of Python's many is ever named by somebody else.
- `intake` stands before the handlers: it asks `heads`, counts what an address has under way, and reads
  the whole body within its time. A handler never waits for what somebody sends.
- `uploads` reads what forms send that take files: only once the handler knows who sends, one at a time
  for each of them and few in all, each as fast as a phone on a bad line, and not a byte beyond the most.

What is refused is told so in a plain 4xx, or 503 where there is no room; a log has one line a minute
for each kind of it. A handler must not read a body in any other way than through `request.read()`,
which gives what `intake` has read, or through `uploads`.
"""
