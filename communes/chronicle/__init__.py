"""What lists and resolutions say of single days, worked out into versions; nothing of Django."""
