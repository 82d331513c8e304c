"""What a call review is: calls, turns, words, scorecards, evaluations and their arithmetic. Pure."""
