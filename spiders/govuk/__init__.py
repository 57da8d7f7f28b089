"""GOV.UK: listings, pages, their attachments, and who is a minister."""
