"""What is kept between practices: numbers, never pictures."""
