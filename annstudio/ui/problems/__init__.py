"""What the critic finds, as a list beside the canvas and as notes in the inspector."""
