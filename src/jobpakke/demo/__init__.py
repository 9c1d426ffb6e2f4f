"""The demonstration: VIP2 2007-2010 as events, three whole cases, and a caseload of today. All people are invented."""
