"""LIC: licences, exclusive grants, royalties, sublicences and windows."""
