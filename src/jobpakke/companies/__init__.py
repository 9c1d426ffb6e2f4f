"""Companies, their workplaces, what is done there, whom they need, and the colleagues who can be mentors."""
