"""A whole wellbeing services county that never existed: its systems' deliveries and the truth they should lead to."""
