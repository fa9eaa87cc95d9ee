"""Schedules in the words people use: `first Monday 3:45 pm until May, not in breaks`.

`words` is the vocabulary beside that of single times, `days`, `bounds` and `reading` read what was asked, `meaning`
decides which schedule that is, `sentences` says why words are none, and `telling` says a schedule and its next
times so that the words read back as the same schedule.
"""
