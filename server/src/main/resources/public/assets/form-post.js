// Posts the answer of the authorization endpoint to the client; without scripts the button does.
document.forms[0].submit();
