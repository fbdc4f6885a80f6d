-- The scorecards that ship (domain page §6 and Exactly, 19). A step counts `from` a value on, `above` it, or `upto` it;
-- values are whole numbers, decimals or fractions, compared exactly. Bands of money are in major units of a currency.

INSERT INTO app.scorecard (scheme, definition) VALUES
('weekly-five', '{
  "title": "Weekly five",
  "colours": {"green": 70, "yellow": 50, "red": 30},
  "parts": [
    {"name": "Attendance", "metric": "attended", "per": "week", "steps": [
      {"from": "1", "points": 20}, {"from": "3/4", "points": 15}, {"from": "1/2", "points": 10}, {"from": "1/4", "points": 5}]},
    {"name": "Referrals", "metric": "referrals_given", "per": "week", "steps": [
      {"from": "1", "points": 20}, {"from": "3/4", "points": 15}, {"from": "1/2", "points": 10}, {"from": "1/4", "points": 5}]},
    {"name": "One-to-ones", "metric": "one_to_ones", "per": "week", "steps": [
      {"from": "1", "points": 20}, {"from": "3/4", "points": 15}, {"from": "1/2", "points": 10}, {"from": "1/4", "points": 5}]},
    {"name": "Education", "metric": "education", "per": "week", "steps": [
      {"from": "1", "points": 20}, {"from": "3/4", "points": 15}, {"from": "1/2", "points": 10}, {"from": "1/4", "points": 5}]},
    {"name": "Visitors", "metric": "visitors", "per": "month", "steps": [
      {"from": "1", "points": 20}, {"from": "3/4", "points": 15}, {"from": "1/2", "points": 10}, {"from": "1/4", "points": 5}]}
  ]
}'),
('lights-2025', '{
  "title": "Six-month lights 2025",
  "colours": {"green": 70, "yellow": 50, "red": 30},
  "parts": [
    {"name": "Attendance", "metric": "attended", "per": "held", "steps": [
      {"from": "95/100", "points": 10}, {"from": "88/100", "points": 5}]},
    {"name": "One-to-ones", "metric": "one_to_ones", "per": "week", "steps": [
      {"from": "1", "points": 20}, {"from": "3/4", "points": 15}, {"from": "1/2", "points": 10}, {"from": "1/4", "points": 5}]},
    {"name": "Referrals", "metric": "referrals_given", "per": "week", "steps": [
      {"from": "5/4", "points": 25}, {"from": "1", "points": 20}, {"from": "3/4", "points": 15}, {"from": "1/2", "points": 10},
      {"from": "1/4", "points": 5}]},
    {"name": "Visitors", "metric": "visitors", "per": "window", "steps": [
      {"from": "5", "points": 25}, {"from": "4", "points": 20}, {"from": "3", "points": 15}, {"from": "2", "points": 10},
      {"from": "1", "points": 5}]},
    {"name": "Thanked for", "metric": "thanked_for", "per": "window", "bands": {"EUR": [
      {"from": "300000", "points": 5}, {"from": "150000", "points": 4}, {"from": "50000", "points": 3}, {"from": "20000", "points": 2},
      {"above": "0", "points": 1}]}},
    {"name": "Education", "metric": "education", "per": "week", "steps": [
      {"above": "1/2", "points": 10}, {"above": "0", "points": 5}]},
    {"name": "Sponsored new members", "metric": "sponsored", "per": "window", "steps": [{"from": "1", "points": 5}]}
  ]
}'),
('lights-2012', '{
  "title": "Six-month lights 2012",
  "colours": {"green": 70, "yellow": 50, "red": 30},
  "parts": [
    {"name": "Absences", "metric": "absences", "per": "window", "steps": [
      {"upto": "0", "points": 15}, {"upto": "1", "points": 10}, {"upto": "2", "points": 5}]},
    {"name": "Referrals", "metric": "referrals_given", "per": "week", "steps": [
      {"from": "6/5", "points": 20}, {"from": "1", "points": 15}, {"from": "3/4", "points": 10}, {"from": "1/2", "points": 5}]},
    {"name": "Thanked for", "metric": "thanked_for", "per": "window", "steps": [
      {"from": "5000", "points": 15}, {"from": "2500", "points": 10}, {"from": "1000", "points": 5}]},
    {"name": "Visitors", "metric": "visitors", "per": "week", "steps": [
      {"from": "1/2", "points": 20}, {"from": "1/4", "points": 15}, {"from": "1/6", "points": 10}, {"from": "1/12", "points": 5}]},
    {"name": "Testimonials", "metric": "testimonials", "per": "week", "steps": [
      {"from": "3/40", "points": 10}, {"above": "0", "points": 5}]},
    {"name": "Never late", "metric": "lates", "per": "window", "steps": [{"upto": "0", "points": 5}]},
    {"name": "Trainings", "metric": "trainings", "per": "window", "steps": [
      {"from": "3", "points": 15}, {"from": "2", "points": 10}, {"from": "1", "points": 5}]}
  ]
}')
ON CONFLICT (scheme) DO UPDATE SET definition = EXCLUDED.definition;
