"""The case story of a package: read, written, asked about, consented to, and the consent taken back."""
