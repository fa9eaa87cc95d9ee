"""What people do, written once against the driver port; every adapter runs the same bodies."""
