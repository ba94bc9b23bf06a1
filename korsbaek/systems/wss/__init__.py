"""Message security as the town's services and token service do it: checked and made without any client's code."""
