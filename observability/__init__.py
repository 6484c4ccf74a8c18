"""What an operator watches the hub with; nothing of the hub imports it."""
