"""Real RSVPs of two cities as clubs, members, events and answers: input for the event side, read by path."""
